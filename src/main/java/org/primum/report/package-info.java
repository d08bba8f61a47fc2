/// What results look like to people and dashboards: HTML, SVG, Prometheus text, JUnit XML, tables
/// in a terminal.
@NullMarked
package org.primum.report;

import org.jspecify.annotations.NullMarked;
