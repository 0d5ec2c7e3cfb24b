using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Sdk.Tasks;

/// <summary>Writes the engine's diagnostics to MSBuild's log, in its canonical form.</summary>
internal static class DiagnosticLog
{
    public static void LogDiagnostics(this TaskLoggingHelper log, IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            var place = diagnostic.Place ?? default;
            switch (diagnostic.Severity)
            {
                case Severity.Error:
                    log.LogError(null, diagnostic.Code, null, diagnostic.HelpLink, place.File, place.Line, place.Column, 0, 0, "{0}", diagnostic.Text);
                    break;
                case Severity.Warning:
                    log.LogWarning(null, diagnostic.Code, null, diagnostic.HelpLink, place.File, place.Line, place.Column, 0, 0, "{0}", diagnostic.Text);
                    break;
                default:
                    log.LogMessage(null, diagnostic.Code, null, place.File, place.Line, place.Column, 0, 0, MessageImportance.Normal, "{0}", diagnostic.Text);
                    break;
            }
        }
    }
}
