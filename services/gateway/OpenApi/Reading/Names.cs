using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Platform.Gateway.OpenApi.Reading;

/// <summary>How things of the contracts are called in the document.</summary>
internal static partial class Names
{
    /// <summary><c>user_id</c> → <c>userId</c>.</summary>
    public static string Json(string field) => Underscore().Replace(field, match => match.Groups[1].Value.ToUpperInvariant());

    /// <summary><c>platform.contacts.v1.Person</c> → <c>contacts.Person</c>: two domains may have one name.</summary>
    public static string Component(IDescriptor type) =>
        $"{DomainOf(type)}.{type.FullName[(type.File.Package.Length + 1)..].Replace('.', '_')}";

    /// <summary><c>ListPeople</c> of contacts → <c>contacts.listPeople</c>.</summary>
    public static string Operation(RestRoute route) => $"{route.Domain}.{char.ToLowerInvariant(route.Rpc.Name[0])}{route.Rpc.Name[1..]}";

    /// <summary><c>ListPeople</c> → "List people".</summary>
    public static string Sentence(string name)
    {
        var words = Capital().Replace(name, match => $" {match.Value.ToLowerInvariant()}").TrimStart();
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary><c>PeopleService</c> of contacts → <c>contacts.People</c>.</summary>
    public static string Tag(ServiceDescriptor service) => $"{DomainOf(service)}.{Short(service)}";

    /// <summary><c>CreditNotesService</c> → "Credit notes".</summary>
    public static string Title(ServiceDescriptor service) => Sentence(Short(service));

    private static string Short(ServiceDescriptor service) => service.Name.EndsWith("Service", StringComparison.Ordinal) ? service.Name[..^"Service".Length] : service.Name;

    private static string DomainOf(IDescriptor type) => type.File.Package.Split('.') is [_, var domain, ..] ? domain : type.File.Package;

    [GeneratedRegex("_([a-z0-9])")]
    private static partial Regex Underscore();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Capital();
}
