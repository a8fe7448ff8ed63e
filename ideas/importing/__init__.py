"""Bringing in ideas from elsewhere: reading a file, understanding its lines, writing them.

formats   bytes to records: CSV and JSON, whatever their encoding and delimiter
maps      which column of which site means what, and what its statuses become here
texts     HTML to the Markdown that texts are kept in
rows      a record to an idea with its comments, or everything that is wrong with it
authors   members that stand for who wrote there; nobody can sign in as them, nobody mails them
writing   a batch of ideas into the tables, in a few statements
running   a whole file: dry or for good, by a command or by the worker
"""
