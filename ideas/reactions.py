"""Comments are posts: who hears of them is told by `forum.reactions`. Ideas add nothing."""
