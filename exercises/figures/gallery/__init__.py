"""From the engine to the pages: which pictures are built into the library, which are drawn when asked for."""
