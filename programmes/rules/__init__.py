"""Rules of the work: pure, on values alone. No database, no clock, no request; sentences are made elsewhere."""
