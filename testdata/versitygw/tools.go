// Package versitygw pins the S3 gateway that the tests of object storage run against; go.mod names it as a tool.
package versitygw
