# complete.bash PROGRAM.bash WORD...: what bash offers for the last word of the
# program's line, a line each. Words are as bash splits them: --emit = ob.
source "$1"
program=${1%.bash}
shift
compopt() { :; } # works in a completion that the keyboard started only
COMP_WORDS=($program "$@")
COMP_CWORD=$#
"_${program//-/_}"
printf '%s\n' "${COMPREPLY[@]}"
