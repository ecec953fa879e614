/* Pipes of the box, where the kernel counts their pages for all boxes together. */
#ifndef PIPES_H
#define PIPES_H

/* 0 when the box may have one more pipe, else the error. */
int pipes_take(int most);
/* The same for a FIFO, which gets its pipe when it is opened. */
int fifos_take(void);

#endif
