"""Fresh, proven levels out of a network's dreams: `generator` in a checkout, `ganvania` when installed."""
