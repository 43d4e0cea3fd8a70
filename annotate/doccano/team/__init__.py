"""Manage the people in a project: who gets which sentences, and who has done what."""
