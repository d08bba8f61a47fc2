/// Tables in files: Parquet and CSV, read and written in batches. The only home of Parquet.
@NullMarked
package org.primum.table;

import org.jspecify.annotations.NullMarked;
