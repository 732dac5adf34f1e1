"""The derived full-text index, through Whoosh."""
