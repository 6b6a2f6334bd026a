using System.Reflection;
using Aspire.Hosting;
using Xunit;

namespace AppHost.Tests;

/// <summary>Whatever the engine offers under Aspire's names Aspire must offer too, or AppHost.cs could not be compiled against it.</summary>
public sealed class PublicApiFacts
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static HashSet<string> Official { get; } = [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "official-api.txt")).Where(line => !line.StartsWith('#'))];

    private static HashSet<string> Ours { get; } = [.. typeof(DistributedApplication).Assembly.GetExportedTypes().SelectMany(Members)];

    [Fact]
    public void Nothing_is_offered_that_the_official_packages_lack()
    {
        Assert.True(Ours.Count > 200, "The members of the engine were not found.");
        var unknown = Ours.Where(member => !Official.Contains(member)).Order(StringComparer.Ordinal).ToList();
        Assert.True(unknown.Count == 0, $"Not in official-api.txt:\n{string.Join('\n', unknown)}");
    }

    [Fact]
    public void Nothing_that_was_offered_once_goes_or_changes()
    {
        var missing = Official.Where(member => !Ours.Contains(member)).Order(StringComparer.Ordinal).ToList();
        Assert.True(missing.Count == 0, $"In official-api.txt and not in the engine:\n{string.Join('\n', missing)}");
    }

    [Fact]
    public void Everything_public_is_under_a_name_of_the_official_packages() =>
        Assert.All(typeof(DistributedApplication).Assembly.GetExportedTypes(), type => Assert.Matches(@"^(Aspire\.Hosting|CommunityToolkit\.Aspire\.Hosting\.Dapr)\b", type.FullName!));

    private static IEnumerable<string> Members(Type type)
    {
        yield return Name(type);
        foreach (var member in type.GetConstructors(Declared))
            yield return $"{Name(type)}({Parameters(member)})";
        foreach (var property in type.GetProperties(Declared))
            yield return $"{Name(type)}.{property.Name} {Name(property.PropertyType)}";
        foreach (var method in type.GetMethods(Declared).Where(method => !method.IsSpecialName && !method.Name.Contains('<', StringComparison.Ordinal)))
            yield return $"{Name(type)}.{method.Name}({Parameters(method)}) {Name(method.ReturnType)}";
        foreach (var field in type.GetFields(Declared).Where(field => !field.IsSpecialName))
            yield return $"{Name(type)}.{field.Name}";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters()
        .Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "null"}" : "")}"));

    private static string Name(Type type) => type switch
    {
        { IsByRef: true } => Name(type.GetElementType()!),
        { IsGenericType: true } => $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>",
        _ => type.Name,
    };
}
