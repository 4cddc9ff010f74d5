/* No seed of the fuzz target harms again. */
#include "tests/fuzz/store.c"

#include "tests/fuzz/replay.h"

int main(void)
{
	return replay_seeds("store", LLVMFuzzerTestOneInput);
}
