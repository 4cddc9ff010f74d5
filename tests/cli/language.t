#!/bin/sh
# The program speaks the language that the environment asks for although its
# locale is not installed; numbers and data stay the same.
. "$(dirname "$0")/lib.sh"
TELAR_NETWORK=red-stem
export TELAR_NETWORK
unset LC_ALL

LANG=es_MX.UTF-8 "$TELAR" measures --json >es 2>err; code=$?
ends 0 "Spanish without an installed locale"
LANG=pt_BR.UTF-8 "$TELAR" measures --json >pt 2>err
LC_ALL=C "$TELAR" measures --json >c 2>err
cmp -s es pt && cmp -s es c; report $? "numbers are the same in every language"
LANG=es_MX.UTF-8 "$TELAR" show innovec >out 2>err
says out "Instituciones EduSTEM" "words of the network in Spanish"
LANG=pt_BR.UTF-8 "$TELAR" show innovec >out 2>err
says out "Instituições EduSTEM" "words of the network in Portuguese"
printf 'size 24x110\nkeys 2 e Down Down Down Enter\nscreen\n' >keys
LANG=es_MX.UTF-8 "$TELAR" open --keys keys >out 2>err
says out "Empresas y gremios empresariales" "and what belongs to them"
LANG=pt_BR.UTF-8 "$TELAR" open --keys keys >out 2>err
says out "Empresas e associações empresariais" "in each"
LC_ALL=C LANGUAGE=es "$TELAR" show innovec >out 2>err
says out "EduSTEM institutions" "plain C is English"
LC_ALL=C "$TELAR" show innovec --plain >out 2>err
says out "Enseñanza" "accents stay under plain C"
if [ -d "$(dirname "$TELAR")/locale/es" ]; then
	LANG=es_MX.UTF-8 "$TELAR" help >out 2>err
	lacks out "Usage:" "help in Spanish"
	LANG=es_MX.UTF-8 "$TELAR" chek >out 2>err; code=$?
	ends 2 "mistakes in Spanish end the same"
	says err '"telar check"' "and name the nearest command"
	lacks err "There is no command" "in Spanish"
	# Names of fields, as they are read on the screen, and as the data has them.
	LANG=es_MX.UTF-8 "$TELAR" list --filter 'pais=CO vínculos>8' --plain >es 2>err
	LANG=es_MX.UTF-8 "$TELAR" list --filter 'country=CO ties>8' --plain >out 2>err
	cmp -s es out; report $? "a filter takes names of fields in both"
	# What is kept or goes out is read in other languages, too.
	LANG=es_MX.UTF-8 "$TELAR" list --filter 'puente>0.05 sector=gobierno' --plain >es 2>err
	LANG=es_MX.UTF-8 "$TELAR" list --filter 'betweenness>0.05 sector=government' --plain >out 2>err
	cmp -s es out && [ "$(wc -l <out)" -gt 1 ]; report $? "and of measures and words of vocabularies"
	LANG=es_MX.UTF-8 "$TELAR" list --filter 'sector=empesas' >out 2>err
	says err '"Empresas"' "the nearest word is in the language in which it was mistyped"
	LANG=es_MX.UTF-8 "$TELAR" list --filter 'sector=qqqqq' >out 2>err
	says err '"Redes de especialistas", ' "those that there are can be typed as they are named"
	LANG=es_MX.UTF-8 "$TELAR" filters mios 'país="Estados Unidos",co red=red-stem-latam vínculos>2' >out 2>err
	LC_ALL=C "$TELAR" filters mios >out 2>err
	says out 'country=US,CO network=red-stem-latam ties>2' "a filter is kept as the data has its words"
	printf '%s\n' 'keys :' 'type filter país=Colombia' 'keys Enter :' 'type save suyo' \
		'keys Enter :' 'type filter @suyo' 'keys Enter' 'screen' >keys
	LANG=es_MX.UTF-8 "$TELAR" open --keys keys --size 24x80 >out 2>err
	says out ' country=CO' "and so on the screen"
	# In the other language the former words mean nothing, and everything would be shown.
	printf '%s\n' 'keys 8 f' 'type estado=abierta país=Colombia' 'keys Enter 2' 'screen es' \
		'keys :' 'type lang en' 'keys Enter j' 'screen en' 'keys 8' 'screen gaps' >keys
	LANG=es_MX.UTF-8 "$TELAR" open --keys keys --size 24x80 >out 2>err
	[ "$(grep -c '^ 90 ' out)" = 2 ]; report $? "a filter means the same when the language changes"
	says out 'filter: status=open country=CO' "also of a view that is not in sight"
	LANG=es_MX.UTF-8 "$TELAR" export csv -o written --filter 'país=Colombia' >out 2>err
	says written/manifest.json '"filter": "country=CO"' "and an export tells it so"
	LANG=es_MX.UTF-8 "$TELAR" measures --explain --json --filter @mios >out 2>err
	json 'd["filter"].startswith("country=US,CO")' "as do measures, with what a kept name stands for"
	LANG=es_MX.UTF-8 "$TELAR" list --filter 'nmbre~x' >out 2>err
	says err '"nombre"' "and tells the nearest in the language of the person"
	LANG=es_MX.UTF-8 "$TELAR" set innovec ciudad=Puebla >out 2>err
	LANG=es_MX.UTF-8 "$TELAR" show innovec --json >out 2>err
	says out '"city": "Puebla"' "so does an edit"
	LANG=es_MX.UTF-8 "$TELAR" undo >out 2>err
	printf 'size 24x80\nkeys 2 f\ntype pa\nscreen\nkeys Esc :\ntype bre\nscreen\nkeys Tab Enter\nscreen\n' >keys
	LANG=es_MX.UTF-8 "$TELAR" open --keys keys >out 2>err
	says out 'país= ' "completion offers what the person reads"
	says out '  brechas      ' "of commands too"
	says out '[8]Brechas' "and they work"
fi
# Of many countries that begin so, those that could be meant are named.
run list --filter country=South; ends 2 "a part of a name is no country"
says err 'it could be' "several could be meant"
says err 'ZA (South Africa)' "by code and name"
run list --filter country=United; says err 'GB (United Kingdom), US (United States)' "of this network where it has some"
lacks err 'AE (' "and no others then"
# The language while the program runs.
cat >keys <<'EOF'
type :lang es
keys Enter
screen
keys 8
screen
EOF
LC_ALL=C.UTF-8 "$TELAR" open --keys keys >out 2>err
if [ -d "$(dirname "$TELAR")/locale/es" ]; then
	says out "Brechas" "another language for this time"
	lacks out "What to do next" "and nothing stays in the former"
fi
mkdir -p elsewhere
cp "$TELAR" elsewhere/telar
if ! LANG=es_MX.UTF-8 elsewhere/telar help 2>/dev/null | grep -q Uso; then
	LC_ALL=C.UTF-8 elsewhere/telar open --keys keys >out 2>err
	says out "No texts in Español are installed at " "a language without texts is refused"
	says out "What to do next" "and what is there stays"
	lacks out "Instituciones EduSTEM" "in one language"
fi
done_testing
