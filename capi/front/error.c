/* The error message of each thread. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "front.h"

static _Thread_local char message[512];

const char *front_error_message(void)
{
	return message;
}

void front_set_error_message(const char *text)
{
	if (text == NULL)
		text = "";
	size_t length = strlen(text);
	if (length >= sizeof message) {
		/* Not in the middle of a character of UTF-8. */
		for (length = sizeof message - 1; length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80;)
			length--;
	}
	memmove(message, text, length);
	message[length] = '\0';
	for (char *c = message; *c != '\0'; c++) {
		if (*c == '\n' || *c == '\r')
			*c = ' ';
	}
}

void front_error(const char *format, ...)
{
	char text[sizeof message];
	va_list arguments;
	va_start(arguments, format);
	(void)vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	front_set_error_message(text);
}
