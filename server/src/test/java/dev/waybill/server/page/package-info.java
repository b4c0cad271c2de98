/// Tests of the page, with an example of each thing that it shows.
@NullMarked
package dev.waybill.server.page;

import org.jspecify.annotations.NullMarked;
