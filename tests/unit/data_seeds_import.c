/* No seed of the fuzz target harms again. */
#include "tests/fuzz/import.c"

#include "tests/fuzz/replay.h"

int main(void)
{
	return replay_seeds("import", LLVMFuzzerTestOneInput);
}
