package materiality

// The words that say how far a sentence binds. Stems, so that shall counts as
// must and can as may.
var (
	modals    = map[string]string{"may": "may", "might": "may", "could": "may", "must": "must", "will": "will", "should": "should", "would": "will"}
	negations = wordSet("not no never nor neither without none nobody nothing cannot")
)

// stopWords carry no meaning of their own; a change among them alone is one of
// style.
var stopWords = wordSet(`a the of to in on at by for from with into onto as it its be do have and or we us our you your they them their
	he she his her i my me this that which who whom whose there here so than then thus also such these those will would
	about above below under over between through within upon per via up out off if when while where how what why because
	not no may must should both each any all other another own same more most very just even too well only
	please etc e.g i.e ie eg let like including include described set forth follow listed herein hereof hereby thereof therein hereunder
	but however therefore furthermore moreover simply basically actually indeed hence generally certainly additionally instead meanwhile accordingly
	relat respect accord relev applicabl any certain particular specific various able order either`)
