/// Tests of what the pages show, without HTTP and without HTML.
@NullMarked
package dev.waybill.server.page.view;

import org.jspecify.annotations.NullMarked;
