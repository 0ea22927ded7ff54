"""The words and rules of the job: measures, periods, years, Thai text. Standard library only."""
