"""Widgets that show what they are told and say what a person did."""
