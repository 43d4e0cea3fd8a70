"""Measure what annotation costs: time and corrections."""
