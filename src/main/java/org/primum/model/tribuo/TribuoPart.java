package org.primum.model.tribuo;

import org.primum.model.ModelInvalidException;
import org.primum.model.wire.Wire;

/// One of Tribuo's messages that say of which class their content is. The name is compared with
/// those known here, and nothing of that name is loaded.
///
/// @param name of the class
/// @param type of the message within
/// @param content the message within
record TribuoPart(String name, String type, Wire content) {

  /// No part at all.
  static TribuoPart none() {
    return new TribuoPart("", "", new Wire(new byte[0]));
  }

  /// @param message `{version = 1, class_name = 2, serialized_data = 3: {type_url = 1, value = 2}}`
  static TribuoPart of(Wire message) {
    String name = "";
    Wire any = new Wire(new byte[0]);
    while (message.next()) {
      switch (message.field()) {
        case 1 -> requireFirstVersion(message.whole());
        case 2 -> name = message.text();
        case 3 -> any = message.message();
        default -> message.skip();
      }
    }
    String type = "";
    Wire content = new Wire(new byte[0]);
    while (any.next()) {
      switch (any.field()) {
        case 1 -> type = any.text();
        case 2 -> content = any.message();
        default -> any.skip();
      }
    }
    return new TribuoPart(name, type, content);
  }

  private static void requireFirstVersion(long version) {
    if (version != 0) {
      throw new ModelInvalidException(
          "a part of version " + version + ", and only version 0 is read");
    }
  }

  /// The content where its class is one of those known.
  ///
  /// @throws ModelInvalidException where it is another
  Wire of(String... known) {
    for (String one : known) {
      if (name.equals(one)) {
        return content.again();
      }
    }
    throw unknown("is not read");
  }

  ModelInvalidException unknown(String because) {
    String called = name.length() > 120 ? name.substring(0, 120) : name;
    return new ModelInvalidException("the Tribuo class '" + called + "' " + because);
  }
}
