using System.Reflection;
using Keycloak.AuthServices.Authentication;
using Xunit;

namespace Platform.Identity.Tests.Keycloak;

/// <summary>Whatever ours offers the official package must offer too, or callers could not be compiled against it.</summary>
public sealed class PublicApiFacts
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void Nothing_is_offered_that_the_official_package_lacks()
    {
        var official = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "official-api.txt"))
            .Where(line => line.Length > 0 && line[0] != '#').ToHashSet();
        var ours = typeof(KeycloakAuthenticationOptions).Assembly.GetExportedTypes().SelectMany(Members).ToList();

        Assert.True(ours.Count > 50, "The library's members were not found.");
        Assert.Equal([], ours.Where(member => !official.Contains(member)));
    }

    private static IEnumerable<string> Members(Type type)
    {
        yield return type.BaseType is { } parent && parent != typeof(object) ? $"{type.FullName} : {parent.FullName}" : type.FullName!;
        foreach (var field in type.GetFields(Declared).Where(field => field.IsPublic))
            yield return $"{type.FullName}.{field.Name} {field.FieldType.Name} {field.GetRawConstantValue()}";
        foreach (var property in type.GetProperties(Declared).Where(property => property.GetMethod is { } get && (get.IsPublic || get.IsFamily)))
            yield return $"{type.FullName}.{property.Name} {Name(property.PropertyType)} {(property.GetMethod!.IsFamily ? "protected " : "")}"
                + (property.SetMethod is { IsPrivate: false } ? "get set" : "get");
        foreach (var method in type.GetMethods(Declared).Where(method => method.IsPublic && !method.IsSpecialName))
            yield return $"{type.FullName}.{method.Name}({string.Join(", ", method.GetParameters().Select(Parameter))}) {Name(method.ReturnType)}";
    }

    private static string Parameter(ParameterInfo parameter) =>
        $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "null"}" : "")}";

    private static string Name(Type type) => !type.IsGenericType
        ? type.Name
        : $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
}
