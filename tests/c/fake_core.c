/* A core that does not start. The build gives it all symbols of a core, which are
 * other names of this function. */
#include <stdint.h>

#include "link.h"

uint32_t hz_core_start(uintptr_t link);

uint32_t hz_core_start(uintptr_t link)
{
	((const struct core_link *)link)->set_error_message("the fake core does not start");
	return 26;
}
