"""The archive's PDFs, each under the SHA-256 of its bytes."""
