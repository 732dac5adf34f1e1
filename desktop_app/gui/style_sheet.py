"""The style sheet of the program, with the names of the theme's colours to fill in.

Colours and sizes of type are filled in by `theme.style_sheet`. Parts are told apart by the
properties `type` (labels), `kind` (buttons), `chip`, `ground` and `card`.
Sides are those of a left-to-right window: Qt mirrors `text-align` by itself. It does not mirror
borders and paddings, so none of them is told for one side only. The search line names the Arabic
font first: its lines are the taller ones, and words of both scripts then stand in the middle.
"""

STYLE = """
QToolTip { background: $panel; color: $ink; border: 1px solid $line; padding: 4px; }
QFrame[ground="panel"], QWidget[ground="panel"] { background: $panel; }
QScrollArea { border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QFrame#Navigation { background: $panel; border: none; }
QFrame#Status { background: $panel; border: none; border-top: 1px solid $line; }
QFrame[card="true"] { background: $panel; border: 1px solid $line; border-radius: 8px; }
QFrame#Drop { background: transparent; border: 2px solid transparent; border-radius: 12px; }
QFrame#Drop[takes="files"] { background: $panel; border: 2px dashed $faint; }
QFrame#Drop[active="true"] { background: $accent_pale; border-color: $accent; }

QLabel { background: transparent; color: $ink; }
QLabel[type="heading"] { font-size: $heading; font-weight: bold; }
QLabel[type="name"] { font-size: $large; font-weight: bold; }
QLabel[type="card"] { font-size: $card_title; font-weight: bold; }
QLabel[type="soft"] { color: $soft; }
QLabel[type="caption"] { font-size: $caption; color: $soft; }
QLabel[type="section"] { font-size: $caption; font-weight: bold; color: $soft; }
QLabel[type="warning"] { color: $warning; }
QLabel[type="bad"] { color: $bad; }
QLabel[chip] { font-size: $caption; border-radius: 10px; padding: 1px 9px; border: 1px solid $line;
  min-height: 16px; }
QLabel[chip="plain"] { color: $plain_text; background: $plain_ground; }
QLabel[chip="accent"] { color: $accent_text; background: $accent_ground;
  border-color: $accent_border; }
QLabel[chip="good"] { color: $good_text; background: $good_ground; border-color: $good_border; }
QLabel[chip="warning"] { color: $warning_text; background: $warning_ground;
  border-color: $warning_border; }
QLabel[chip="bad"] { color: $bad_text; background: $bad_ground; border-color: $bad_border; }

QPushButton { background: $panel; color: $ink; border: 1px solid $line; border-radius: 6px;
  padding: 6px 12px; min-height: 16px; }
QPushButton:hover { background: $accent_pale; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 11px; }
QPushButton:disabled { color: $faint; background: $background; }
QFrame#Offer { background: $accent_pale; border: 1px solid $line; border-radius: 6px;
    margin: 0 16px 8px 16px; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border-color: $accent;
  font-weight: bold; }
QPushButton[kind="primary"]:hover { border-color: $ink; }
QPushButton[kind="primary"]:pressed { background: $ink; color: $panel; }
QPushButton[kind="primary"]:focus { border: 2px solid $ink; }
QPushButton[kind="primary"]:disabled { background: $line; color: $soft; border-color: $line; }
QPushButton[kind="page"] { color: $accent; font-size: $caption; padding: 1px 9px; min-height: 16px;
  border-radius: 5px; }
QPushButton[kind="page"]:focus { border: 2px solid $accent; padding: 0px 8px; }
QPushButton[kind="link"] { color: $accent; border: 1px solid transparent; background: transparent;
  padding: 1px 4px; text-align: left; border-radius: 4px; }
QPushButton[kind="link"]:hover { background: $accent_pale; }
QPushButton[kind="link"]:focus { border: 1px solid $accent; }
QPushButton[kind="filter"] { font-size: $caption; padding: 2px 11px; border-radius: 11px;
  color: $soft; }
QPushButton[kind="filter"]:focus { padding: 1px 10px; }
QPushButton[kind="filter"]:checked { background: $accent_pale; color: $accent;
  border-color: $accent; font-weight: bold; }
QPushButton[kind="entry"] { border: 1px solid transparent; background: transparent;
  padding: 7px 10px; text-align: left; border-radius: 6px; }
QPushButton[kind="entry"]:hover { background: $background; }
QPushButton[kind="entry"]:checked { background: $accent_pale; color: $accent; font-weight: bold; }
QPushButton[kind="entry"]:focus { border: 1px solid $accent; padding: 7px 10px; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px;
  padding: 5px; }
QToolButton:hover { background: $accent_pale; }
QToolButton:pressed { background: $line; }
QToolButton:checked { background: $accent_pale; }
QToolButton:focus { border: 1px solid $accent; }

QLineEdit, QSpinBox, QPlainTextEdit, QTextBrowser { background: $panel; color: $ink;
  border: 1px solid $line; border-radius: 6px; padding: 4px 8px;
  selection-background-color: $accent; selection-color: $on_accent;
  placeholder-text-color: $soft; }
QLineEdit:focus, QSpinBox:focus, QPlainTextEdit:focus, QTextBrowser:focus {
  border: 2px solid $accent; padding: 3px 7px; }
QLineEdit#Search { font-family: "Noto Sans Arabic", "Noto Sans"; font-size: $large;
  border-radius: 8px; padding: 4px 10px; min-height: 32px; }
QLineEdit#Search:focus { padding: 3px 9px; }

QListView#Results { background: $background; border: none; outline: none; }
QTableView { background: $panel; color: $ink; border: 1px solid $line; outline: none;
  selection-background-color: $accent_pale; selection-color: $ink; }
QTableView:focus { border: 1px solid $accent; }
QListWidget { background: $panel; color: $ink; border: 1px solid $line; border-radius: 6px;
  outline: none; }
QListWidget:focus { border: 1px solid $accent; }
QListWidget::item { padding: 5px 6px; border-bottom: 1px solid $line; }
QListWidget::item:selected { background: $accent_pale; color: $ink; }
QListView#Choices, QComboBox QAbstractItemView { background: $panel; color: $ink;
  border: 1px solid $line; outline: none; padding: 4px; }
QListView#Choices::item, QComboBox QAbstractItemView::item { padding: 4px 8px; border-radius: 4px;
  min-height: 18px; }
QListView#Choices::item:hover, QComboBox QAbstractItemView::item:hover { background: $background; }
QListView#Choices::item:selected, QComboBox QAbstractItemView::item:selected {
  background: $accent_pale; color: $accent; }
QHeaderView::section { background: $background; color: $soft; border: none;
  border-bottom: 1px solid $line; padding: 6px 8px; font-size: $caption; font-weight: bold; }
QProgressBar { background: $line; border: none; border-radius: 3px; max-height: 6px;
  min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $faint; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:disabled { background: transparent; }
QScrollBar::handle:hover { background: $soft; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QTabBar { background: $panel; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $soft; padding: 8px 16px; border: none;
  border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $accent; border-bottom-color: $accent; font-weight: bold; }
QTabBar::tab:focus { background: $accent_pale; }
QTabWidget::pane { border: none; border-top: 1px solid $line; background: $panel; }
QSplitter::handle { background: $line; }
QSplitter[gap="true"]::handle { background: transparent; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
"""
