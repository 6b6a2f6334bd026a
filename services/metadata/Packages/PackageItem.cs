using Google.Protobuf;
using Platform.CustomFields.V1;
using Platform.Metadata.Shapes;

namespace Platform.Metadata.Packages;

/// <summary>One thing of a package.</summary>
/// <param name="Kind">"field"</param>
/// <param name="Name">What it is known by in every company: "contacts.person/size".</param>
/// <param name="Path">Where it stands in the document.</param>
/// <param name="Message">What is said of it.</param>
internal sealed record PackageItem(string Kind, string Name, string Path, IMessage Message)
{
    public static string NameOf(IMessage message) => message is PackagedLogo logo
        ? logo.Theme
        : ShapeMessage.Text(message, "resource") is { Length: > 0 } resource ? $"{resource}/{ShapeMessage.Text(message, "key")}" : ShapeMessage.Text(message, "key");

    /// <summary>All things in the order in which they can be made: what others name comes first.</summary>
    public static IEnumerable<PackageItem> Of(V1.MetadataPackage package) =>
    [
        .. Of("dictionary", "dictionaries", package.Dictionaries),
        .. Of("object", "objects", package.Objects),
        .. Of("field", "fields", package.Fields),
        .. Of("view", "views", package.Views),
        .. Of("layout", "layouts", package.Layouts),
        .. Of("dashboard", "dashboards", package.Dashboards),
        .. Of("theme", "themes", package.Themes),
        .. Of("logo", "logos", package.Logos),
    ];

    private static IEnumerable<PackageItem> Of(string kind, string list, IEnumerable<IMessage> messages) =>
        messages.Select((message, i) => new PackageItem(kind, NameOf(message), $"document.{list}[{i}]", message));
}
