"""Values as sentences and words, in the reader's language. Nobody reads one of these sentences back.

Whole sentences with places for values, so that a translator may turn them round; plurals as each language has them.
"""
