"""Usernames for newcomers: random and readable, never made from the address."""

import secrets

FIRST = """
    amber autumn bold brave bright brisk calm cheery clear clever copper coral cosy crisp curious
    daring eager early easy fair fern fleet fresh gentle glad golden happy hazel honest jolly keen
    kind light lively lucky mellow merry mild misty modest neat nimble noble olive open patient
    placid plain proud quick quiet ready rosy round ruby sandy silver sleek smart snowy soft solid
    steady still sunny swift tidy true upbeat velvet vivid warm wise witty young
""".split()
SECOND = """
    acorn anchor apple arrow aspen badger bay beacon beaver birch bison breeze bridge brook canyon
    cedar cherry clover comet cove crane creek cricket dune eagle elm falcon field finch fox garden
    glade harbor hawk heron hill island jay juniper kite lake lantern lark leaf linden lynx maple
    marble meadow moose moss oak orchard otter owl pebble pine plum pond poppy quail rain raven reed
    ridge river robin rocket sail shore sparrow spruce star stone summit swan thistle tide trail
    valley violet walnut wave willow wren
""".split()
HIGHEST = 99_999


def random_username() -> str:
    """Something like `quiet-heron-4821`: two words and a number, about 600 million of them."""
    first, second = secrets.choice(FIRST), secrets.choice(SECOND)
    return f"{first}-{second}-{1 + secrets.randbelow(HIGHEST)}"
