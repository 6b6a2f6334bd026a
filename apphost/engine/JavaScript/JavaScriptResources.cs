using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.JavaScript;

/// <summary>A JavaScript application: a script of its package.json.</summary>
public class JavaScriptAppResource(string name, string command, string workingDirectory) : ExecutableResource(name, command, workingDirectory), IResourceWithServiceDiscovery;

/// <summary>A script that Node.js runs.</summary>
public class NodeAppResource(string name, string command, string workingDirectory) : JavaScriptAppResource(name, command, workingDirectory);

/// <summary>An application that Vite serves.</summary>
public class ViteAppResource(string name, string command, string workingDirectory) : JavaScriptAppResource(name, command, workingDirectory);

/// <summary>An application of Next.js.</summary>
public class NextJsAppResource(string name, string command, string workingDirectory) : JavaScriptAppResource(name, command, workingDirectory);

/// <summary>Brings the packages of a JavaScript application.</summary>
public class JavaScriptInstallerResource(string name, string workingDirectory) : ExecutableResource(name, "npm", workingDirectory);

/// <summary>What brings packages and runs scripts.</summary>
public sealed class JavaScriptPackageManagerAnnotation(string executableName, string? runScriptCommand, string? cacheMount = null) : IResourceAnnotation
{
    /// <summary>The program.</summary>
    public string ExecutableName { get; } = executableName;

    /// <summary>The word before the name of a script.</summary>
    public string? ScriptCommand { get; } = runScriptCommand;

    /// <summary>What stands between its own arguments and those of the script; nothing when null.</summary>
    public string? CommandSeparator { get; init; } = "--";

    /// <summary>Where it keeps packages in a container. Not used locally.</summary>
    public string? CacheMount { get; } = cacheMount;
}

/// <summary>How packages are brought.</summary>
public sealed class JavaScriptInstallCommandAnnotation(string[] args) : IResourceAnnotation
{
    /// <summary>Arguments of the package manager.</summary>
    public string[] Args { get; } = args;
}

/// <summary>The script that runs the application.</summary>
public sealed class JavaScriptRunScriptAnnotation(string scriptName, string[]? args) : IResourceAnnotation
{
    /// <summary>Its name in package.json.</summary>
    public string ScriptName { get; } = scriptName;

    /// <summary>Its arguments.</summary>
    public string[] Args { get; } = args ?? [];
}

/// <summary>The script that builds the application when it is published.</summary>
public sealed class JavaScriptBuildScriptAnnotation(string scriptName, string[]? args) : IResourceAnnotation
{
    /// <summary>Its name in package.json.</summary>
    public string ScriptName { get; } = scriptName;

    /// <summary>Its arguments.</summary>
    public string[] Args { get; } = args ?? [];
}

/// <summary>What brings the packages of the application.</summary>
public sealed class JavaScriptPackageInstallerAnnotation(ExecutableResource installerResource) : IResourceAnnotation
{
    /// <summary>The installer.</summary>
    public ExecutableResource Resource { get; } = installerResource;
}
