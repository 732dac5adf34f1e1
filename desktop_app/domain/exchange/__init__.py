"""Metadata of other programs: rows as they were read, before anybody says what they mean."""
