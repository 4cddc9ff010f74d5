/* No seed of the fuzz target harms again. */
#include "tests/fuzz/filter.c"

#include "tests/fuzz/replay.h"

int main(void)
{
	return replay_seeds("filter", LLVMFuzzerTestOneInput);
}
