#compdef visionops
# Completion of visionops in zsh: source <(visionops completion zsh)
_visionops() {
    local -a candidates
    candidates=("${(@f)$("${words[1]}" complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    if [[ -n ${candidates[1]:-} ]]; then
        compadd -Q -- "${candidates[@]}"
    else
        _files
    fi
}
compdef _visionops visionops
