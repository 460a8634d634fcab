package dev.multijvm.report.page;

/// The report as one page.
public final class Html {
  private Html() {}

  /// `text` as HTML, in an element or a quoted attribute: the one place where this is done.
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
