"""What machines of others are told of the pages here: cards, data about works, site map, what they may fetch."""
