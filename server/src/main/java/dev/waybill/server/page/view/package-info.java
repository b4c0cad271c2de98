/// What the pages show, as values: made of catalog and works, without HTTP and without HTML.
///
/// Public only because the templates are in a package of their own.
@NullMarked
package dev.waybill.server.page.view;

import org.jspecify.annotations.NullMarked;
