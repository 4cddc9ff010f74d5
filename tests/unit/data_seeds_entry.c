/* No seed of the fuzz target harms again. */
#include "tests/fuzz/entry.c"

#include "tests/fuzz/replay.h"

int main(void)
{
	return replay_seeds("entry", LLVMFuzzerTestOneInput);
}
