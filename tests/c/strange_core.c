/* A library that is no core. */
int strange(void);

int strange(void)
{
	return 1;
}
