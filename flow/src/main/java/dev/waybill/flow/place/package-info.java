/// Where else than in this process a job can be done: on a cluster.
///
/// Says what a place is and finds those on the class path; does not know any of them.
@NullMarked
package dev.waybill.flow.place;

import org.jspecify.annotations.NullMarked;
