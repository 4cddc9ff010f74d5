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
fi
done_testing
