"""What became of every file: one case a filed form, kept by the corridor while the rooms do their work.

Its modules are imported one by one: a worker process needs what looks into files, and nothing that follows.
"""
