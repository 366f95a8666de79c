#include "rows.h"

#include <stdarg.h>
#include <stdio.h>

void row(size_t count, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	(void)printf("row %zu ", count);
	(void)vprintf(format, arguments);
	(void)printf("\n");
	(void)fflush(stdout);
	va_end(arguments);
}
