NAME = "Release notes"
DEBUG = True
