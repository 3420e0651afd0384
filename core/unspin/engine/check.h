// One suspect against an archive, or against what an earlier check took from it: the steps of Engine::Check.
#pragma once

#include "absl/status/statusor.h"
#include "unspin/engine/check_basis.h"
#include "unspin/engine/workspace.h"

namespace unspin {

// Engine::Check with the insides of its workspace. Fails only where the archive is damaged.
absl::StatusOr<Report> CheckSuspect(const Article& suspect, const Archive& archive, const CheckOptions& options,
                                    WorkspaceBuffers& buffers, CheckBasis* basis);

// Engine::CheckWithBasis with the insides of its workspace.
Report CheckSuspectAgain(const Article& suspect, const CheckBasis& basis, const CheckOptions& options,
                         WorkspaceBuffers& buffers);

}  // namespace unspin
