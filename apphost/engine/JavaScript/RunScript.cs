using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.JavaScript;

namespace Platform.LocalHost.JavaScript;

/// <summary>How the package manager is told to run a script.</summary>
internal static class RunScript
{
    public static JavaScriptPackageManagerAnnotation? ManagerOf(JavaScriptAppResource app) => app.Annotations.OfType<JavaScriptPackageManagerAnnotation>().LastOrDefault();

    /// <summary>False where the application is run by no script.</summary>
    public static bool AddTo(IList<object> arguments, JavaScriptAppResource app)
    {
        if (app.Annotations.OfType<JavaScriptRunScriptAnnotation>().LastOrDefault() is not { } script || ManagerOf(app) is not { } manager)
            return false;
        if (manager.ScriptCommand is { Length: > 0 } word)
            arguments.Add(word);
        arguments.Add(script.ScriptName);
        foreach (var argument in script.Args)
            arguments.Add(argument);
        return true;
    }
}
