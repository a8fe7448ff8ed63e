"""What a text means, as a vector: texts that say the same in other words have like vectors.

Optional. Where the packages of `requirements-meaning.txt` are not installed, `vectors.of` answers
None and suggestions go by words alone (decision 0014).
"""
