# complete.bash COMPLETION WORD...: what bash offers for the last word, a line
# each. Words are as bash splits them: --emit = ob.
source "$1"
shift
compopt() { :; } # works in a completion that the keyboard started only
COMP_WORDS=(nnc "$@")
COMP_CWORD=$#
_nnc
printf '%s\n' "${COMPREPLY[@]}"
