"""Start Evaluation Archive: no verb opens the window, a verb runs on the command line."""

from multiprocessing import freeze_support

from desktop_app.launch import main

if __name__ == "__main__":
    freeze_support()
    raise SystemExit(main())
