/// Models that answer over HTTP: KServe and TensorFlow Serving's v1, the Open Inference Protocol.
@NullMarked
package org.primum.platform.served;

import org.jspecify.annotations.NullMarked;
