/// The API over real tables and a real server, with runs that are made up.
@NullMarked
package dev.waybill.server.rest;

import org.jspecify.annotations.NullMarked;
