package org.primum.fairness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/// Makes leaves of a JSON tree that remember whether anybody read their value.
final class RecordingNodes extends JsonNodeFactory {

  private static final Set<JsonNode> READ =
      Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

  static boolean wasRead(JsonNode leaf) {
    return READ.contains(leaf);
  }

  @Override
  public NumericNode numberNode(double value) {
    return new Real(value);
  }

  @Override
  public NumericNode numberNode(int value) {
    return new Whole(value);
  }

  @Override
  public NumericNode numberNode(long value) {
    return new Whole(value);
  }

  @Override
  public TextNode textNode(String value) {
    return new Text(value);
  }

  @Override
  public NullNode nullNode() {
    return new Null();
  }

  @Override
  public BooleanNode booleanNode(boolean value) {
    return new Truth(value);
  }

  private static final class Real extends DoubleNode {
    Real(double value) {
      super(value);
    }

    @Override
    public double doubleValue() {
      READ.add(this);
      return super.doubleValue();
    }

    @Override
    public String asText() {
      READ.add(this);
      return super.asText();
    }
  }

  private static final class Whole extends LongNode {
    Whole(long value) {
      super(value);
    }

    @Override
    public long longValue() {
      READ.add(this);
      return super.longValue();
    }

    @Override
    public int intValue() {
      return (int) longValue();
    }

    @Override
    public double doubleValue() {
      return (double) longValue();
    }

    @Override
    public String asText() {
      return Long.toString(longValue());
    }
  }

  private static final class Text extends TextNode {
    Text(String value) {
      super(value);
    }

    @Override
    public String textValue() {
      READ.add(this);
      return super.textValue();
    }

    @Override
    public String asText() {
      return textValue();
    }
  }

  private static final class Null extends NullNode {
    @Override
    public String asText() {
      READ.add(this);
      return super.asText();
    }

    /// To ask whether there is a value is to read that there is none.
    @Override
    public com.fasterxml.jackson.databind.node.JsonNodeType getNodeType() {
      READ.add(this);
      return super.getNodeType();
    }
  }

  private static final class Truth extends BooleanNode {
    Truth(boolean value) {
      super(value);
    }

    @Override
    public boolean booleanValue() {
      READ.add(this);
      return super.booleanValue();
    }

    @Override
    public boolean asBoolean() {
      return booleanValue();
    }

    @Override
    public String asText() {
      return Boolean.toString(booleanValue());
    }
  }
}
