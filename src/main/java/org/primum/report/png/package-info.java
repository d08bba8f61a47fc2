/// Turns the SVG of this program's own pictures into PNG without a window system: a font, outlines,
/// a canvas and a file. It knows what those pictures use of SVG, and refuses the rest.
@NullMarked
package org.primum.report.png;

import org.jspecify.annotations.NullMarked;
